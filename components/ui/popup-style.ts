/** What floats above the page: menus, lists, dialogs. */
export const popupStyle = 'rounded-lg border border-rule bg-surface text-ink shadow-float'
