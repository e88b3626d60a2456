namespace MlOpsBuild.Modeling.Backtesting;

/// <summary>A time at which training ends and prediction begins.</summary>
/// <param name="From">First day predicted.</param>
/// <param name="To">Last day predicted.</param>
/// <param name="Rows">Rows predicted.</param>
public sealed record BacktestCut(DateOnly From, DateOnly To, int Rows);
