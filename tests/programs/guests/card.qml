// SPDX-License-Identifier: MIT
// The test card as a scene: what Qt Quick draws it with is the scene graph's business.
import QtQuick
import QtQuick.Window

Window {
	width: 320
	height: 240
	visible: true
	color: "white"
	flags: Qt.Window | Qt.FramelessWindowHint

	Row {
		Repeater {
			model: ["#ff0000", "#00ff00", "#0000ff", "#ffffff"]
			Rectangle {
				width: 80
				height: 180
				color: modelData
			}
		}
	}
	Rectangle {
		y: 198
		width: 24
		height: 24
		color: "black"
		NumberAnimation on x {
			from: 0
			to: 296
			duration: 3000
			loops: Animation.Infinite
		}
	}
}
