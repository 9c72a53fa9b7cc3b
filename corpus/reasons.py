"""Why the system could not do something with a file or a port, in words for the user."""

from __future__ import annotations

import errno

# The system's own words are in English, or in whatever language it speaks.
REASONS = {
    errno.ENOENT: "文件或文件夹不存在",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是一个文件夹，不是文件",
    errno.EEXIST: "已有同名的文件或文件夹",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.EACCES: "没有权限",
    errno.EPERM: "系统不允许这样做",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EFBIG: "文件太大",
    errno.EBUSY: "它正被别的程序使用",
    errno.EMFILE: "同时打开的文件太多",
    errno.ENFILE: "同时打开的文件太多",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "链接绕成了圈",
    errno.EINVAL: "名称或参数不合系统的规定",
    errno.EIO: "磁盘读写出错",
    errno.ETIMEDOUT: "等待太久",
    errno.EADDRINUSE: "已被别的程序占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
}
if hasattr(errno, "EDQUOT"):  # not on every system
    REASONS[errno.EDQUOT] = "磁盘配额已用完"
UNKNOWN = "打不开"


def reason_of(error: OSError) -> str:
    """Return the reason in Chinese, with the system's number where there are no words for it.

    >>> reason_of(FileNotFoundError(errno.ENOENT, "No such file or directory"))
    '文件或文件夹不存在'
    """
    if error.errno is None:
        return "等待太久，它可能正被另一个进程使用" if isinstance(error, TimeoutError) else UNKNOWN
    return REASONS.get(error.errno, f"{UNKNOWN}，系统错误号 {error.errno}")
