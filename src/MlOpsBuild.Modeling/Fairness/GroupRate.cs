using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Fairness;

/// <summary>A rate in one group.</summary>
/// <param name="Group">The group.</param>
/// <param name="Rows">Rows that count for the rate.</param>
/// <param name="Rate">The rate, in [0, 1].</param>
/// <param name="Interval">Its interval; null where there are too few days or rows.</param>
public sealed record GroupRate(string Group, int Rows, double Rate, Interval? Interval);
