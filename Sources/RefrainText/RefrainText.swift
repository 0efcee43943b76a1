import Refrain
