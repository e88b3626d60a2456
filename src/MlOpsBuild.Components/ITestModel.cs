using MlOpsBuild.Components.Flow;

namespace MlOpsBuild.Components;

/// <summary>Judges the candidate by its gates.</summary>
public interface ITestModel : ITrain
{
    /// <summary>Judges the candidate by its gates.</summary>
    Target TestModel => _ => _
        .Description("Judges the candidate against bounds, baselines and the champion")
        .Example("TestModel Report", "judges the candidate and writes the report")
        .DependsOn<ITrain>(build => build.Train)
        .ExecutesStages(this, (session, ct) => EachAsync(session, (run, token) => TestingFlow.TestAsync(session, run, token), ct));
}
