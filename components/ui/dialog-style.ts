import { classNames } from './class-names'
import { popupStyle } from './popup-style'

export const dialogBackdropStyle =
  'fixed inset-0 z-40 bg-scrim transition-opacity duration-150 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0'

/** A sheet at the bottom edge on phones, a page above the page from 640 px on. */
export const dialogViewportStyle =
  'fixed inset-0 z-40 flex items-end justify-center sm:items-start sm:px-6 sm:py-[12vh]'

export const dialogPopupStyle = classNames(
  popupStyle,
  'relative flex max-h-[92dvh] w-full flex-col outline-none transition-[opacity,translate] duration-150 sm:max-h-[76dvh] sm:max-w-md',
  'max-sm:rounded-b-none max-sm:border-x-0 max-sm:border-b-0',
  'data-[ending-style]:translate-y-1 data-[ending-style]:opacity-0 data-[starting-style]:translate-y-1 data-[starting-style]:opacity-0',
)
