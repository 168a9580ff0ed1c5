import type { CaseResolvers, ContentCategoryResolvers, QueryResolvers } from '../generated/graphql';
import { categoryBySlug, CONTENT_CATEGORIES } from '../rules/content-categories';

const Query: QueryResolvers = {
  contentCategories: () => CONTENT_CATEGORIES.filter((one) => one.parent === null),
};

const Case: CaseResolvers = {
  category: ({ contentCategory }) => categoryBySlug(contentCategory) ?? null,
};

const ContentCategory: ContentCategoryResolvers = {
  name: ({ zh, en }, _args, { viewer }) => (viewer.locale === 'en' ? en : zh),
  nameZh: ({ zh }) => zh,
  nameEn: ({ en }) => en,
  children: ({ slug }) => CONTENT_CATEGORIES.filter((one) => one.parent === slug),
};

export const categoryResolvers = { Query, Case, ContentCategory };
