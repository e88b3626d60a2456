using MlOpsBuild.Components.SelfTest;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using static System.FormattableString;

namespace MlOpsBuild.Components.Flow;

/// <summary>What the drift test promises, proved on a pipeline's own rows.</summary>
internal static class DriftFlow
{
    private const int Runs = 200;
    private const double Promised = 0.05;
    private const double Allowed = 0.015;

    public static async Task SelfTestAsync(RunSession session, IReadOnlyList<PipelineRun> runs, CancellationToken cancellationToken)
    {
        foreach (var run in runs)
        {
            var table = await run.Snapshot.ReadValidatedAsync(run.Specification.Contract, cancellationToken);
            var test = new DriftSelfTest(table, Runs, seed: 1);
            session.Output.Line(Invariant($"{Runs} samples per line from {table.Rows:N0} rows; share of {test.Columns.Count} columns said to have moved"));
            var results = test.Run(new OutputProgress(session.Output), cancellationToken);
            session.Output.Table(["Drawn", .. DriftRule.All.Select(rule => rule.Name)], results.Select(result => (IReadOnlyList<string>)[result.Scenario.Name, .. result.Shares.Select(share => Invariant($"{share:0.0%}"))]).ToList());
            var wrong = results.Where(result => result.Scenario.Change == null && result.Shares[0] > Promised + Allowed)
                .Select(result => new Finding("False alarms", result.Scenario.Name, Invariant($"{result.Shares[0]:0.0%}"), Invariant($"at most {Promised + Allowed:0.0%}"))).ToList();
            if (wrong.Count > 0)
            {
                throw new StageFailedException("The drift test raises more false alarms than it promises", wrong, Verdict.Failed);
            }
        }
    }
}
