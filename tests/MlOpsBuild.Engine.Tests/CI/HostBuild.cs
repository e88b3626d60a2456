namespace MlOpsBuild.Engine.CI.Tests;

/// <summary>
/// The build that every host is shown: success, commands in its output, a failure that names a place, one left out, a secret.
/// </summary>
internal sealed class HostBuild : NukeBuild
{
    [Parameter, Secret] public string? Token { get; private set; }

    public Target Data => _ => _.Executes(() =>
    {
        Context.Console.Line("42 rows", ConsoleTone.Good);
        ReportSummary(_ => new() { ["rows"] = "42" });
    });

    public Target Noisy => _ => _.DependsOn(Data).Executes(() =>
    {
        Context.Console.Line($"the token is {Token}");
        Context.Console.Line("::error::not ours");
        Context.Console.Line("  ::set-output name=x::y");
        Context.Console.Line("before ##vso[task.complete result=Failed]\nsecond ##[error]line");
        Context.Console.Line("##teamcity[buildStatus status='FAILURE']", ConsoleTone.Warning);
        Context.Console.Line("\e[0Ksection_start:1:x\r\e[0Kx and section_end:1:x");
        ReportSummary(_ => new() { ["note"] = $"a|b <script> @here {Token}" });
    });

    public Target Check => _ => _.DependsOn(Noisy).ProceedAfterFailure().Executes(() =>
    {
        Context.Console.Line("reading data/hours.csv", ConsoleTone.Faint);
        ExitCode = 3; // an answer: told without a stack, whose lines would change with this file
        throw new InvalidOperationException($"data/hours.csv:17: 'cnt' is -1; expected [0, 1000], 100 %\nasked with {Token}");
    });

    public Target Report => _ => _
        .DependsOn(Check)
        .OnlyWhenStatic(() => false, "nothing to report")
        .WhenSkipped(DependencyBehavior.Execute)
        .Executes(() => { });
}
