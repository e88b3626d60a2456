namespace MlOpsBuild.Engine;

/// <summary>Kept for source compatibility: this engine resolves every parameter when it is first read.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Class | AttributeTargets.Interface)]
public sealed class OnDemandAttribute : Attribute;
