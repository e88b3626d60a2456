using System.Globalization;
using System.Text;

namespace MlOpsBuild.Reporting.Operations;

/// <summary>Figures of delivery in the text format of OpenMetrics 1.0, for a scraper that reads files.</summary>
public static class OpenMetricsText
{
    /// <summary>All of them.</summary>
    public static string Of(IReadOnlyList<OperationsMetrics> all)
    {
        var text = new StringBuilder();
        Write("mlops_deployments", "counter", null, "Versions that took over.", metrics => metrics.Changes.Count);
        Write("mlops_changes_failed", "counter", null, "Of them, those that were found bad later.", metrics =>
            metrics.Changes.Count(change => change.Failed != null));
        Write("mlops_canaries_stopped", "counter", null, "Candidates that a canary sent back.", metrics => metrics.StoppedByCanary);
        Write("mlops_deployments_per_week", "gauge", null, "Deployment frequency.", metrics => metrics.DeploymentsPerWeek);
        Write("mlops_lead_time_seconds", "gauge", "seconds", "Median time from a commit to its model serving.", metrics =>
            metrics.LeadTimeHours * 3600);
        Write("mlops_change_failure_ratio", "gauge", null, "Part of the versions that were found bad later.", metrics =>
            metrics.ChangeFailureRate);
        Write("mlops_recovery_seconds", "gauge", "seconds", "Median time from noticing a bad version to another one serving.", metrics =>
            metrics.RecoveryMinutes * 60);
        Write("mlops_rollback_seconds", "gauge", "seconds", "Median time of a rollback.", metrics => metrics.RollbackSeconds);
        Write("mlops_training_seconds", "gauge", "seconds", "Median time of a training.", metrics => metrics.TrainingSeconds);
        Head("mlops_quality", "gauge", null, "Metric of the first gate on the hold-out, by version.");
        foreach (var metrics in all)
        {
            foreach (var point in metrics.Quality)
            {
                text.Append(CultureInfo.InvariantCulture, $"mlops_quality{{{Labels(metrics)},version=\"{point.Version}\",metric=\"{Escape(point.Metric)}\"}} {Number(point.Value)}\n");
            }
        }

        return text.Append("# EOF\n").ToString();

        void Head(string name, string type, string? unit, string help)
        {
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {type}\n");
            text.Append(unit == null ? "" : $"# UNIT {name} {unit}\n");
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n");
        }

        // What is not known has no sample: nought would be a lie.
        void Write(string name, string type, string? unit, string help, Func<OperationsMetrics, double?> value)
        {
            Head(name, type, unit, help);
            foreach (var metrics in all)
            {
                if (value(metrics) is { } known && double.IsFinite(known))
                {
                    text.Append(CultureInfo.InvariantCulture, $"{name}{(type == "counter" ? "_total" : "")}{{{Labels(metrics)}}} {Number(known)}\n");
                }
            }
        }
    }

    private static string Labels(OperationsMetrics metrics) =>
        $"pipeline=\"{Escape(metrics.Pipeline)}\",environment=\"{Escape(metrics.Environment)}\"";

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);
}
