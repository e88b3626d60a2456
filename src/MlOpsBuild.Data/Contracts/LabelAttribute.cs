namespace MlOpsBuild.Data.Contracts;

/// <summary>The column to predict.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LabelAttribute : Attribute;
