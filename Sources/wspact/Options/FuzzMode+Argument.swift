import ArgumentParser
import Fuzz

extension FuzzMode: ExpressibleByArgument {}
