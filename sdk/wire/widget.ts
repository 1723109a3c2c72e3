/** Types of `/v1/widget`, and of a version's `widget`. */
export type {
  PublishedWidget,
  WidgetField,
  WidgetSettings,
  WidgetStyle,
  WidgetTexts,
  WidgetWords,
} from './generated.js';
