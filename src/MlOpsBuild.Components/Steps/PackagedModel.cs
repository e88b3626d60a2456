using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Components.Steps;

/// <summary>The candidate in its bundle, under its number.</summary>
/// <param name="Version">The version.</param>
internal sealed record PackagedModel(ModelVersion Version) : IStepResult
{
    public static string Target => "Package";
}
