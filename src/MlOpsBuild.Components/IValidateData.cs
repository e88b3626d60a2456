using MlOpsBuild.Components.Flow;

namespace MlOpsBuild.Components;

/// <summary>Checks data against its contract.</summary>
public interface IValidateData : IIngestData
{
    /// <summary>Checks data against its contract.</summary>
    Target ValidateData => _ => _
        .Description("Checks the data against its contract and profiles it")
        .Example("ValidateData --data hour.csv", "checks a file before anything is trained")
        .DependsOn<IIngestData>(build => build.IngestData)
        .ExecutesStages(this, (session, ct) => EachAsync(session, (run, token) => TrainingFlow.ValidateAsync(session, run, token), ct));
}
