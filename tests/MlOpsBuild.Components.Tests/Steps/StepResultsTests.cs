using MlOpsBuild.Core;
using MlOpsBuild.Data.Profiles;
using MlOpsBuild.Data.Stages;

namespace MlOpsBuild.Components.Steps.Tests;

public sealed class StepResultsTests
{
    private readonly StepResults _results = new();

    [Fact]
    public void What_a_step_made_is_there_for_the_next()
    {
        var taken = _results.Keep(new IngestedData(new SnapshotFiles([], [])));

        _results.Take<IngestedData>().ShouldBeSameAs(taken);
        _results.Find<CheckedData>().ShouldBeNull();
    }

    [Fact]
    public void A_step_that_was_left_out_is_named_with_what_to_do()
    {
        var finding = Should.Throw<UsageException>(() => _results.Take<CheckedData>()).Findings.Single();

        (finding.Code, finding.Where, finding.Expected).ShouldBe(("MLB7070", "ValidateData", "ValidateData among the targets that run"));
    }

    [Fact]
    public void A_result_is_made_once()
    {
        _results.Keep(new CheckedData(new DataProfile(0, [])));

        Should.Throw<InvalidOperationException>(() => _results.Keep(new CheckedData(new DataProfile(0, []))))
            .Message.ShouldStartWith("ValidateData has run");
    }
}
