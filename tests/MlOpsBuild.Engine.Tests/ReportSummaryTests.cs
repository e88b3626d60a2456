namespace MlOpsBuild.Engine.Tests;

public sealed class ReportSummaryTests : IDisposable
{
    private readonly TestRun _run = new();
    private readonly Sample _build = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Pairs_replace_those_reported_before()
    {
        await _run.RunAsync(_build, "Twice");

        _build.ExecutionPlan.Single().SummaryInformation.ShouldBe(new Dictionary<string, string> { ["rows"] = "7" });
    }

    [Fact]
    public async Task Nothing_reported_takes_them_away()
    {
        await _run.RunAsync(_build, "Withdrawn");

        _build.ExecutionPlan.Single().SummaryInformation.ShouldBeEmpty();
    }

    [Fact]
    public async Task After_an_await_it_still_speaks_for_its_target()
    {
        await _run.RunAsync(_build, "Late");

        _build.ExecutionPlan.Single().SummaryInformation["late"].ShouldBe("yes");
    }

    [Theory]
    [InlineData("created")]
    [InlineData("initialized")]
    [InlineData("finished")]
    public async Task Outside_a_target_it_throws(string moment)
    {
        _build.Moment = moment;

        await _run.RunAsync(_build, "Twice");

        _build.Problem.ShouldBe("ReportSummary speaks for the running target; no target runs here.");
    }

    private sealed class Sample : NukeBuild
    {
        public string Moment { get; set; } = "";

        public string? Problem { get; private set; }

        public Target Twice => _ => _.Executes(() =>
        {
            ReportSummary(_ => new() { ["rows"] = "6", ["columns"] = "2" });
            ReportSummary(pairs => new(pairs) { ["rows"] = "7" });
        });

        public Target Withdrawn => _ => _.Executes(() =>
        {
            ReportSummary(_ => new() { ["rows"] = "6" });
            ReportSummary();
        });

        public Target Late => _ => _.Executes(async () =>
        {
            await Task.Yield();
            ReportSummary(_ => new() { ["late"] = "yes" });
        });

        protected internal override void OnBuildCreated() => Report("created");

        protected internal override void OnBuildInitialized() => Report("initialized");

        protected internal override void OnBuildFinished() => Report("finished");

        private void Report(string moment)
        {
            if (moment == Moment)
            {
                Problem = Should.Throw<InvalidOperationException>(() => ReportSummary(_ => [])).Message;
            }
        }
    }
}
