using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Hosting;
using MlOpsBuild.Serving.Predictions;

namespace MlOpsBuild.Serving.Gateway;

/// <summary>
/// Takes what units did, one outcome or a list of them, from whoever has the token of labels. Accepted is what is written; all of a list
/// or nothing of it.
/// </summary>
internal sealed class OutcomeEndpoint(string token, RequestBody bodies, UnitLog? log)
{
    private const int MostAtOnce = 10_000;
    private const int MostProblems = 20;

    /// <summary>Answers a request.</summary>
    public async Task TakeAsync(HttpContext context)
    {
        if (!AdminToken.Matches(context.Request, token))
        {
            await RefuseAsync(StatusCodes.Status401Unauthorized, new Finding(
                "MLB5130", "No right to send outcomes", "Authorization", null, "Bearer TOKEN",
                "the token is in the file that ./build.sh Status names"));
            return;
        }

        using var body = await bodies.ReadAsync(context);
        if (body == null)
        {
            return;
        }

        var outcomes = Read(body.Content);
        List<Finding> problems = outcomes is not { Count: > 0 and <= MostAtOnce }
            ? [new(
                "MLB5131", "Not outcomes", "body", outcomes?.Count.ToString(System.Globalization.CultureInfo.InvariantCulture),
                $$"""{"unit": "…", "metric": "revenue", "value": 12.5}, or a list of 1 to {{MostAtOnce}} of them""",
                "send the unit, as requests name it, and what it did")]
            : [.. outcomes.SelectMany((outcome, index) => outcome.Problems(index)).Take(MostProblems)];
        await (problems.Count > 0 ? RefuseAsync(StatusCodes.Status400BadRequest, [.. problems])
            : log?.Keep(outcomes!) == true ? JsonAnswer.FlagAsync(context, StatusCodes.Status202Accepted, "accepted", true)
            : RefuseAsync(StatusCodes.Status503ServiceUnavailable, new Finding(
                "MLB5132", "Outcomes cannot be kept", "log of units", null, "a log that can be written",
                "look into the gateway's log; send them again later, with an id each")));

        Task RefuseAsync(int status, params IReadOnlyList<Finding> why) =>
            JsonAnswer.ProblemAsync(context, status, "The outcomes were not accepted", why);
    }

    private static List<Outcome>? Read(byte[] body)
    {
        var start = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, MostProblems))).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return start.StartsWith('[') ? CanonicalJson.TryDeserialize<List<Outcome>>(body, JsonAnswer.Strict)
            : CanonicalJson.TryDeserialize<Outcome>(body, JsonAnswer.Strict) is { } one ? [one]
            : null;
    }
}
