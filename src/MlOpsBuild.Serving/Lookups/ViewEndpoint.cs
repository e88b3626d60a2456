using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using MlOpsBuild.Core;
using MlOpsBuild.Online;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Hosting;

namespace MlOpsBuild.Serving.Lookups;

/// <summary>
/// Takes values of feature views, and how their stores are reached, from a build that shares neither files nor variables with its gateway.
/// </summary>
/// <param name="place">Where the values are; null where nothing is looked up.</param>
/// <param name="lookup">Who looks them up.</param>
/// <param name="time">The clock.</param>
internal sealed class ViewEndpoint(OnlinePlace? place, FeatureLookup lookup, TimeProvider time)
{
    public Task AnswerAsync(HttpContext context) => place == null
        ? JsonAnswer.ProblemAsync(
            context, StatusCodes.Status409Conflict, "This gateway looks nothing up", FeatureLookup.WithoutPlace("feature views"))
        : (context.Request.Method, context.Request.Path.Value) switch
        {
            (var method and ("GET" or "PUT"), "/admin/views") => NameIn(context) is not { } view ? RefuseAsync(context, Unnamed(context))
                : method == "GET" ? StateAsync(context, view)
                : TakeAsync(context, view),
            ("PUT", "/admin/connections") => ConnectAsync(context),
            _ => JsonAnswer.NotFoundAsync(context),
        };

    private async Task StateAsync(HttpContext context, string view)
    {
        await using var store = Store();
        if (await store.StateAsync(view, context.RequestAborted) is { } state)
        {
            await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, state);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task TakeAsync(HttpContext context, string view)
    {
        // However many keys there are: only who has the token comes this far.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content, context.RequestAborted);
        try
        {
            await using var store = Store();
            await store.TakeAsync(view, content.ToArray(), context.RequestAborted);
            await JsonAnswer.FlagAsync(context, StatusCodes.Status200OK, "taken", true);
        }
        catch (FindingsException problem)
        {
            await RefuseAsync(context, [.. problem.Findings]);
        }
    }

    private async Task ConnectAsync(HttpContext context)
    {
        if (await JsonAnswer.TryReadAsync<StoreConnections>(context) is not { Values: { } told })
        {
            await RefuseAsync(context, new Finding(
                "MLB5121", "Not connections of online stores", "body", null, """{"values": {"VARIABLE": "…"}}""", "send them by variable"));
            return;
        }

        await JsonAnswer.WriteAsync(
            context, StatusCodes.Status200OK, new KnownConnections(await lookup.ConnectAsync(told, context.RequestAborted)));
    }

    private FileOnlineStore Store() => new(place!.Folder, time);

    // A name and no path.
    private static string? NameIn(HttpContext context) =>
        context.Request.Query["name"].ToString() is { Length: > 0 } name && name == Path.GetFileName(name) && name is not ("." or "..")
            ? name
            : null;

    private static Finding Unnamed(HttpContext context) => new(
        "MLB5120", "Not a feature view", "name", context.Request.Query["name"].ToString(), "the name of a feature view", "name one");

    private static Task RefuseAsync(HttpContext context, params IReadOnlyList<Finding> why) =>
        JsonAnswer.ProblemAsync(context, StatusCodes.Status400BadRequest, "The gateway does not take this", why);
}
