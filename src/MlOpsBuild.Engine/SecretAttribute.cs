namespace MlOpsBuild.Engine;

/// <summary>A parameter whose value is never printed or recorded.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SecretAttribute : Attribute;
