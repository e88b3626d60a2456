using System.Globalization;
using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>A list as GitLab answers it.</summary>
internal static class GitLabPage
{
    private const int DefaultSize = 20;
    private const int MostCounted = 10_000;

    public static HostAnswer Of<T>(FakeGitLab host, HostCall call, IEnumerable<T> all, Func<T, JsonNode> json)
    {
        if (GitLabFields.BadPage(call) is { } refusal)
        {
            return refusal;
        }

        var page = new HostPage<T>([.. all], call.Query, DefaultSize);
        var answer = new HostAnswer(200, new JsonArray([.. page.Items.Select(json)]));
        Add("x-page", page.Number);
        Add("x-per-page", page.Size);
        Add("x-next-page", page.Number < page.Last ? page.Number + 1 : null);
        Add("x-prev-page", page.Number > 1 ? page.Number - 1 : null);

        // A long list is not counted.
        if (page.Total <= MostCounted)
        {
            Add("x-total", page.Total);
            Add("x-total-pages", page.Last);
        }

        if (page.Links(new(host.Address, call.Request.Path.Split('?')[0])) is { Length: > 0 } links)
        {
            answer.Headers["Link"] = links;
        }

        return answer;

        // Where there is no page, the header is there and empty.
        void Add(string name, int? value) => answer.Headers[name] = value?.ToString(CultureInfo.InvariantCulture) ?? "";
    }
}
