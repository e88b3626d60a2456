namespace MlOpsBuild.Components;

/// <summary>Maturity level 2: models are trained by the build, and their parameters searched.</summary>
public interface IContinuousTraining : IContinuousData, ITrain, ITune;
