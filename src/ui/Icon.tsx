import { ICONS, type IconName } from './icons.ts';

export interface IconProps {
  readonly name: IconName;
  /** Pixels; 16 unless told. */
  readonly size?: number;
  readonly className?: string;
  /** Read aloud when the icon stands alone; without it the icon is decoration. */
  readonly label?: string;
}

export function Icon({ name, size = 16, className, label }: IconProps) {
  const Drawing = ICONS[name];
  const told = label === undefined ? { 'aria-hidden': true as const } : { role: 'img', 'aria-label': label };
  return <Drawing size={size} strokeWidth={1.6} className={`shrink-0 ${className ?? ''}`} {...told} />;
}
