namespace MlOpsBuild.Components;

/// <summary>Maturity level 2: models are trained by the build.</summary>
public interface IContinuousTraining : IContinuousData, ITrain;
