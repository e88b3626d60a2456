using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Tuning;

namespace MlOpsBuild.Components.Flow;

/// <summary>What the caller said of a search.</summary>
/// <param name="Trials">Most settings that are tried.</param>
/// <param name="Budget">How long new ones are tried; null without a limit.</param>
/// <param name="Search">How.</param>
/// <param name="Folds">Folds that each is validated on.</param>
internal sealed record TuneChoices(int Trials, TimeSpan? Budget, SearchMethod Search, int Folds)
{
    private const int UsualTrials = 30;
    private const int UsualFolds = 3;
    private const int MostTrials = 100_000;

    /// <exception cref="UsageException">A value is none; all of them at once.</exception>
    public static TuneChoices Read(int? trials, string? budget, string? search, int? folds)
    {
        var findings = new List<Finding>();
        var time = budget == null ? null : Duration(budget);
        var method = search == null ? SearchMethod.Tpe
            : Enum.GetValues<SearchMethod>().Where(known => search.Equals(known.ToString(), StringComparison.OrdinalIgnoreCase))
                .Select(known => (SearchMethod?)known)
                .FirstOrDefault();
        Require("--trials", trials?.ToString(CultureInfo.InvariantCulture), trials is null or (>= 2 and <= MostTrials), "2 to 100000");
        Require("--folds", folds?.ToString(CultureInfo.InvariantCulture), folds is null or (>= 1 and <= 20), "1 to 20");
        Require("--budget", budget, budget == null || time > TimeSpan.Zero, "a time such as 90s, 10m or 2h");
        Require("--search", search, method != null, "tpe, random or halving");
        return findings.Count == 0
            ? new(trials ?? (time == null ? UsualTrials : MostTrials), time, method!.Value, folds ?? UsualFolds)
            : throw new UsageException("The search cannot be run like this", findings);

        void Require(string option, string? value, bool holds, string expected)
        {
            if (!holds)
            {
                findings.Add(new("MLB7021", "Not a value of this option", option, value, expected, "correct the value"));
            }
        }
    }

    private static TimeSpan? Duration(string text)
    {
        return text is [.. var number, var unit]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && unit switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 } is > 0 and var seconds
                ? TimeSpan.FromSeconds((double)count * seconds)
                : null;
    }
}
