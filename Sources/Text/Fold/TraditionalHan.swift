enum TraditionalHan { static let pairs = "" }
