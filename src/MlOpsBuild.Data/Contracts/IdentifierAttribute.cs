namespace MlOpsBuild.Data.Contracts;

/// <summary>Names the row: unique, and never a feature.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IdentifierAttribute : Attribute;
