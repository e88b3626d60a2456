namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>A metric's value on a resampling.</summary>
/// <param name="times">How often each block counts.</param>
internal delegate double Statistic(int[] times);
