"""Advising against a database on a network share, once for each file on each PC."""

from hashlib import sha256

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from db.network_share import share_of
from gui.context import Context


def advise(context: Context, window: QWidget) -> QMessageBox | None:
    """Say it if the file is on a share and this clerk was not told yet; return the box."""
    file = context.database.file
    if file is None or (kind := share_of(file)) is None:
        return None
    told = f"share_told/{sha256(str(file.absolute()).encode()).hexdigest()[:16]}"
    if context.preferences.value(told, False, bool):
        return None
    text = (
        f"数据库“{file.name}”放在网络共享上（{kind}）。一台电脑使用可以；几台电脑同时使用时，共享文件夹的锁不一定可靠，"
        "可能损坏数据，网络中断时正在保存的内容也会失败。\n\n"
        "只有一台电脑使用：请把文件移到本机磁盘。多台电脑共用：请改用数据库服务器，办法见说明书“多台电脑共用”。"
    )
    box = QMessageBox(QMessageBox.Icon.Information, "数据库在网络共享上", text, parent=window)
    box.setObjectName("share_advice")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.addButton("知道了，不再提示", QMessageBox.ButtonRole.AcceptRole)
    box.accepted.connect(lambda: context.preferences.setValue(told, True))
    box.open()
    return box
