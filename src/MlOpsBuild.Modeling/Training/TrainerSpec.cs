namespace MlOpsBuild.Modeling.Training;

/// <summary>Which trainer, with which settings.</summary>
/// <param name="Kind">The trainer's name.</param>
/// <param name="L2">Ridge strength: the weight of the squared coefficients beside the sum of squared errors; positive.</param>
public sealed record TrainerSpec(string Kind, double L2);
