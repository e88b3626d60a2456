using MlOpsBuild.Components.Flow;

namespace MlOpsBuild.Components;

/// <summary>Writes the files of build servers from the build class.</summary>
public interface IGenerateCi : IHazSession
{
    /// <summary>Only compares.</summary>
    [Parameter("With GenerateCi: changes nothing and fails with the difference when a file is out of date")]
    bool? Check => TryGetValue<bool?>(() => Check);

    /// <summary>Writes the files of build servers.</summary>
    Target GenerateCi => _ => _
        .Description("Writes the files of GitHub Actions, GitLab CI, Azure Pipelines, Jenkins and CircleCI from [GeneratedCi] on the build class; --check only compares")
        .Example("GenerateCi --check", "fails when a file is out of date")
        .Executes(this, (session, ct) => CiFlow.GenerateAsync(session, this, Check ?? false, ct));
}
