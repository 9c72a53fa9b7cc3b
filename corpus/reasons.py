"""Why the system could not do something with a file or a port, in words for the user."""

from __future__ import annotations

import errno

from corpus.messages import Message, says

# The system's own words are in English, or in whatever language it speaks.
REASONS = {
    errno.ENOENT: says("system.missing", "文件或文件夹不存在"),
    errno.ENOTDIR: says("system.notfolder", "路径中有一段不是文件夹"),
    errno.EISDIR: says("system.folder", "这是一个文件夹，不是文件"),
    errno.EEXIST: says("system.exists", "已有同名的文件或文件夹"),
    errno.ENOTEMPTY: says("system.notempty", "文件夹不是空的"),
    errno.EACCES: says("system.forbidden", "没有权限"),
    errno.EPERM: says("system.notallowed", "系统不允许这样做"),
    errno.EROFS: says("system.readonly", "磁盘是只读的"),
    errno.ENOSPC: says("system.full", "磁盘已满"),
    errno.EFBIG: says("system.large", "文件太大"),
    errno.EBUSY: says("system.busy", "它正被别的程序使用"),
    errno.EMFILE: says("system.manyopen", "同时打开的文件太多"),
    errno.ENFILE: says("system.manyopen", "同时打开的文件太多"),
    errno.ENAMETOOLONG: says("system.longname", "文件名太长"),
    errno.ELOOP: says("system.loop", "链接绕成了圈"),
    errno.EINVAL: says("system.invalid", "名称或参数不合系统的规定"),
    errno.EIO: says("system.broken", "磁盘读写出错"),
    errno.ETIMEDOUT: says("system.timeout", "等待太久"),
    errno.EADDRINUSE: says("system.portused", "已被别的程序占用"),
    errno.EADDRNOTAVAIL: says("system.noaddress", "本机没有这个地址"),
}
if hasattr(errno, "EDQUOT"):  # not on every system
    REASONS[errno.EDQUOT] = says("system.quota", "磁盘配额已用完")
UNKNOWN = says("system.unknown", "打不开")


def reason_of(error: OSError) -> Message:
    """Return the reason in Chinese, with the system's number where there are no words for it.

    >>> print(reason_of(FileNotFoundError(errno.ENOENT, "No such file or directory")))
    文件或文件夹不存在
    """
    if error.errno is None:
        if isinstance(error, TimeoutError):
            return says("system.held", "等待太久，它可能正被另一个进程使用")
        return UNKNOWN
    return REASONS.get(error.errno) or says(
        "system.number", "打不开，系统错误号 {number}", number=error.errno
    )
