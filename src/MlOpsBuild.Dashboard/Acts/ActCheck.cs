using MlOpsBuild.Dashboard.State;

namespace MlOpsBuild.Dashboard.Acts;

/// <summary>
/// What is wrong with what somebody asks for: only what the page shows can be acted on, so that no text of a caller becomes part of a
/// command but the reason, which is one argument.
/// </summary>
internal static class ActCheck
{
    private const int ShortestReason = 3;
    private const int LongestReason = 500;

    /// <summary>The problem in words; null when there is none.</summary>
    public static string? ProblemOf(DashboardAct? act, DashboardState state)
    {
        if (act is not { Pipeline: not null, Environment: not null, Reason: not null } || !Enum.IsDefined(act.Kind))
        {
            return "kind (rollback, deploy or approve), pipeline, environment and reason are needed";
        }

        var place = state.Places.FirstOrDefault(place => place.Pipeline == act.Pipeline && place.Environment == act.Environment);
        var reason = act.Reason.Trim();
        return place == null ? "there is no such place"
            : act.Kind != DashboardActKind.Rollback && place.Versions.All(version => version.Number != act.Version)
                ? "there is no such version"
            : reason.Length is < ShortestReason or > LongestReason || reason.Any(char.IsControl)
                ? $"a reason of {ShortestReason} to {LongestReason} letters in one line is needed"
            : null;
    }
}
