namespace MlOpsBuild.Data.Contracts;

/// <summary>Every value occurs once.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UniqueAttribute : Attribute;
