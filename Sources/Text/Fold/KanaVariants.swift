enum KanaVariants { static let pairs = "" }
