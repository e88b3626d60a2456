namespace MlOpsBuild.Reporting.Operations.Tests;

public sealed class OperationsReportTests
{
    private static OperationsMetrics Metrics { get; } = new OperationsComposer(Delivered.Input).Between(Delivered.From, Delivered.Until);

    [Fact]
    public void Each_figure_says_what_it_rests_on() =>
        new OperationsReport(Metrics).Summary.Rows.Select(row => string.Join(" | ", row)).ShouldBe(
        [
            "deployment frequency | 0.75 a week | 3 versions took over",
            "lead time for changes | 24 h | 3 versions with a known commit, median",
            "change failure rate | 66.7% | 2 of 3 found bad later; 1 more stopped by their canary before",
            "time to recover | 12 h | 1 bad version noticed by Monitor, median",
            "rollback time | 50 ms | 2 rollbacks measured, median",
            "training duration | 20 s | 3 trainings done, median; nine of ten within 28 s",
            "model quality | RMSE 97.0 | v4, 4 versions tested",
        ]);

    [Fact]
    public void Without_anything_it_says_so()
    {
        var empty = new OperationsReport(new("Demand", "local", Delivered.From, Delivered.Until));

        empty.Summary.Rows[2][1].ShouldBe("not known");
        (empty.Quality, empty.Deployments).ShouldBe((null, null));
        empty.Html().ShouldContain("Demand on local: delivery");
    }

    [Fact]
    public void The_page_has_quality_and_deployments_as_pictures()
    {
        var report = new OperationsReport(Metrics);

        report.Quality!.Series.Single().Points.Select(point => point.Y).ShouldBe([100, 90, 95, 97]);
        report.Deployments!.Series.Select(series => series.Points.Sum(point => point.Y)).ShouldBe([1, 2]);
        report.Html().Split("<svg").Length.ShouldBe(3);
    }

    [Fact]
    public void OpenMetrics_has_types_units_and_an_end_and_no_sample_of_what_is_not_known()
    {
        var text = OpenMetricsText.Of([Metrics, new("A\"b", "local", Delivered.From, Delivered.Until)]);

        text.ShouldContain("# TYPE mlops_deployments counter\n# HELP mlops_deployments Versions that took over.\nmlops_deployments_total{pipeline=\"Demand\",environment=\"local\"} 3\n");
        text.ShouldContain("# TYPE mlops_lead_time_seconds gauge\n# UNIT mlops_lead_time_seconds seconds\n");
        text.ShouldContain("mlops_rollback_seconds{pipeline=\"Demand\",environment=\"local\"} 0.05\n");
        text.ShouldContain("mlops_quality{pipeline=\"Demand\",environment=\"local\",version=\"2\",metric=\"RMSE\"} 90\n");
        text.ShouldContain("mlops_deployments_total{pipeline=\"A\\\"b\",environment=\"local\"} 0\n");
        text.ShouldNotContain("mlops_rollback_seconds{pipeline=\"A");
        text.ShouldEndWith("# EOF\n");
        text.Split('\n').Where(line => line.StartsWith("# TYPE", StringComparison.Ordinal)).Distinct().Count()
            .ShouldBe(text.Split("# TYPE").Length - 1);
    }
}
