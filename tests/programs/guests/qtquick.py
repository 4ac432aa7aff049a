#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Shows a scene of Qt Quick by OpenGL ES, which a Qt built for desktop GL must be asked for."""
import os
import sys

from PyQt6.QtCore import QUrl
from PyQt6.QtGui import QGuiApplication, QSurfaceFormat
from PyQt6.QtQml import QQmlApplicationEngine

wanted = QSurfaceFormat()
wanted.setRenderableType(QSurfaceFormat.RenderableType.OpenGLES)
QSurfaceFormat.setDefaultFormat(wanted)
application = QGuiApplication(sys.argv)
scene = os.path.join(os.path.dirname(os.path.abspath(__file__)), "card.qml")
engine = QQmlApplicationEngine(QUrl.fromLocalFile(scene))
sys.exit(application.exec() if engine.rootObjects() else 1)
