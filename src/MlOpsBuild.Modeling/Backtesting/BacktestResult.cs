namespace MlOpsBuild.Modeling.Backtesting;

/// <summary>
/// A rolling-origin back-test (Tashman 2000): at each cut models are trained on what was known then, and predict the days after it.
/// </summary>
/// <param name="Trainer">The trainer and its options.</param>
/// <param name="Horizon">Days predicted after each cut.</param>
/// <param name="Cuts">The cuts, oldest first.</param>
/// <param name="Windows">The windows compared; others are compared with the first one.</param>
public sealed record BacktestResult(string Trainer, int Horizon, IReadOnlyList<BacktestCut> Cuts, IReadOnlyList<BacktestWindow> Windows)
{
    /// <summary>The window that did best of those that are better than the first beyond chance; else the first.</summary>
    public string Best => (Windows.Skip(1)
        .Where(IsBetter)
        .OrderBy(window => window.Overall.Direction == Core.Direction.LowerIsBetter ? window.Overall.Value : -window.Overall.Value)
        .FirstOrDefault()
        ?? Windows[0]).Window;

    private static bool IsBetter(BacktestWindow window) => window.Difference is { } difference
        && (window.Overall.Direction == Core.Direction.LowerIsBetter ? difference.Upper < 0 : difference.Lower > 0);
}
