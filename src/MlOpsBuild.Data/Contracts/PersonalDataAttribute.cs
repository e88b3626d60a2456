namespace MlOpsBuild.Data.Contracts;

/// <summary>Values are never shown in reports or logs.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PersonalDataAttribute : Attribute;
