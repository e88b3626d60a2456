namespace MlOpsBuild.Core;

/// <summary>
/// What a gate judges, as far as it has an interval: the metric itself against a bound, or the difference from what is compared with.
/// </summary>
/// <param name="Value">The estimate, in the metric's unit.</param>
/// <param name="Interval">Its interval.</param>
/// <param name="Limit">Where the verdict changes: the bound, nothing, or the margin.</param>
/// <param name="GoodBelow">Whether the good side lies below the limit.</param>
public sealed record JudgedQuantity(double Value, Interval Interval, double Limit, bool GoodBelow);
