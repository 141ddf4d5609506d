/** The version every object is rendered in, whatever version a client asks for. It is the one the SDK pins. */
export const apiVersion = '2026-10-28.endive'
