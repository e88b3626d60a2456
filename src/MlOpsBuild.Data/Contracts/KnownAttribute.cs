namespace MlOpsBuild.Data.Contracts;

/// <summary>Of a row of a feature view: when it was known, which may be later than when it was true. Before that nobody sees it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KnownAttribute : Attribute;
