namespace MlOpsBuild.Components;

/// <summary>Base of ML builds; maturity level 0 until a bundle interface says more.</summary>
public abstract class MlBuild : EngineBuild, IInspect, IMaintainStore, IProve, IGenerateCi;
