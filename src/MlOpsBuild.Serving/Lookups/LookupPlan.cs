using System.Text;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Serving.Lookups;

/// <summary>What routes need to know of feature views: each view once, and of each version which ones it takes.</summary>
internal sealed class LookupPlan
{
    private readonly Dictionary<(string? Host, int Port), int> _sets = [];

    public LookupPlan(RouteTable routes)
    {
        Routes = routes;
        var (views, sets, names) = (new List<JoinedView>(), new List<IReadOnlyList<int>>(), new List<string>());
        foreach (var upstream in routes.Upstreams.Where(upstream => upstream.Views.Count > 0))
        {
            List<int> own = [.. upstream.Views.Select(Position)];
            var name = string.Join(' ', own);
            if (names.IndexOf(name) is var set && set < 0)
            {
                set = sets.Count;
                sets.Add(own);
                names.Add(name);
            }

            _sets[upstream.Address] = set;
        }

        (Views, Sets) = (views, sets);
        Parsers = [.. views.Select(view => (IReadOnlyList<FieldParser>)[.. view.Keys.Select(rule => new FieldParser(rule))])];

        int Position(JoinedView view)
        {
            if (views.FindIndex(other => TextOf(other) == TextOf(view)) is var known and >= 0)
            {
                return known;
            }

            views.Add(view);
            return views.Count - 1;
        }
    }

    /// <summary>The routes that it is made for.</summary>
    public RouteTable Routes { get; }

    /// <summary>Every view, as somebody takes values of it.</summary>
    public IReadOnlyList<JoinedView> Views { get; }

    /// <summary>Readers of each view's keys.</summary>
    public IReadOnlyList<IReadOnlyList<FieldParser>> Parsers { get; }

    /// <summary>Views that are taken together, by their positions.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Sets { get; }

    /// <summary>Which set a version takes; null for none.</summary>
    public int? SetOf(Upstream upstream) => _sets.TryGetValue(upstream.Address, out var set) ? set : null;

    // Two that are read from routes are never the same object.
    private static string TextOf(JoinedView view)
    {
        var text = new StringBuilder($"{view.Name}\n{view.MaxAge?.Ticks}\n{view.Store.Kind}\n{view.Store.Variable}\n");
        text.AppendJoin('\n', view.Keys.Select(rule => $"{rule.Name}\t{rule.Kind}"));
        return text.Append('\n').AppendJoin('\n', view.Columns.Select(column => $"{column.From}\t{column.Name}")).ToString();
    }
}
