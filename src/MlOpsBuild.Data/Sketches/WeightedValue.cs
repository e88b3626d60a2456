namespace MlOpsBuild.Data.Sketches;

/// <summary>A value that stands for several.</summary>
/// <param name="Value">The value.</param>
/// <param name="Count">How many it stands for.</param>
public readonly record struct WeightedValue(double Value, long Count);
