// The records of a zip archive that both its reader and its writer name. All their numbers are little-endian.

export const LOCAL = 0x04034b50
export const CENTRAL = 0x02014b50
export const END = 0x06054b50
export const END_64 = 0x06064b50
export const LOCATOR_64 = 0x07064b50

/** Bytes of each record, without what it names. */
export const LOCAL_LENGTH = 30
export const CENTRAL_LENGTH = 46
export const END_LENGTH = 22
export const END_64_LENGTH = 56
export const LOCATOR_64_LENGTH = 20

/** The extra field with the sizes that do not fit into 32 bits; their places then hold the largest number. */
export const EXTRA_64 = 1
export const ALL_ONES_32 = 0xffffffff
export const ALL_ONES_16 = 0xffff

export const STORED = 0
export const DEFLATED = 8

/** General purpose flags. */
export const ENCRYPTED = 1
export const NAME_IS_UTF8 = 0x800
