using MlOpsBuild.Data.Profiles;

namespace MlOpsBuild.Components.Steps;

/// <summary>The data of a run, found to keep its contract.</summary>
/// <param name="Profile">What it looks like, column by column.</param>
internal sealed record CheckedData(DataProfile Profile) : IStepResult
{
    public static string Target => "ValidateData";
}
