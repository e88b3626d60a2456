using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Data.Stages.Tests;

public sealed class ValidateStageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Good_data_give_rows_times_and_profile()
    {
        var data = await RunAsync<Row>("Day,Value\n2011-01-01,1\n2011-01-05,3\n");

        data.Rows.ShouldBe(2);
        data.First.ShouldBe(new(2011, 1, 1));
        data.Last.ShouldBe(new(2011, 1, 5));
        data.Profile.Columns.Single(column => column.Name == "Value").Mean.ShouldBe(2);
    }

    [Fact]
    public async Task Data_without_time_give_no_times()
    {
        var data = await RunAsync<Timeless>("Value\n1\n");

        data.First.ShouldBeNull();
        data.Last.ShouldBeNull();
    }

    [Fact]
    public async Task A_broken_contract_is_a_gate_that_says_no_with_every_finding()
    {
        var failure = await Should.ThrowAsync<StageFailedException>(() => RunAsync<Row>("Day,Value\n2011-01-01,x\ny,1\n"));

        failure.Verdict.ShouldBe(Verdict.Failed);
        failure.ExitCode.ShouldBe(ExitCodes.GateSaidNo);
        failure.Findings.Select(finding => finding.Where).ShouldBe(["shown.csv, line 2, column Value", "shown.csv, line 3, column Day"]);
    }

    [Fact]
    public async Task An_unreadable_file_is_an_error()
    {
        var failure = await Should.ThrowAsync<StageFailedException>(() => RunAsync<Row>("Day,Value\n2011-01-01\n"));

        failure.Verdict.ShouldBe(Verdict.Error);
        failure.ExitCode.ShouldBe(ExitCodes.TargetBroke);
    }

    [Fact]
    public void The_key_is_the_data_and_the_contract()
    {
        var stage = new ValidateStage();
        var key = stage.Key(Input<Row>("same", "one"));

        stage.Key(Input<Row>("same", "two")).ShouldBe(key);
        stage.Key(Input<Row>("other", "one")).ShouldNotBe(key);
        stage.Key(Input<Timeless>("same", "one")).ShouldNotBe(key);
    }

    public void Dispose() => _folder.Dispose();

    private ValidateInput Input<TRow>(string text, string file)
    {
        File.WriteAllText(_folder[file], text);
        return new(new(["shown.csv"], [new(Digest.Of(text), _folder[file])]), ContractReader.Of<TRow>());
    }

    private Task<ValidatedData> RunAsync<TRow>(string text) =>
        new ValidateStage().RunAsync(Input<TRow>(text, "00000.csv"), _folder.Path, new Progress<string>(), CancellationToken.None);

    private sealed record Row([property: Timestamp] DateOnly Day, [property: Label] double Value);

    private sealed record Timeless([property: Label] double Value);
}
