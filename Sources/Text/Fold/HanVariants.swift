enum HanVariants { static let pairs = "" }
