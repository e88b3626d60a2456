using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace MlOpsBuild.TestKit.Kubernetes;

/// <summary>
/// The objects of the API server: versions that only rise, generations of what is wanted, managers of fields, and everybody who watches.
/// </summary>
public sealed class ApiObjects(TimeProvider time)
{
    private const int Remembered = 1000;
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Plural, string Space, string Name), ApiObject> _objects = [];
    private readonly List<(long Version, string Plural, string Space, JsonObject Event)> _events = [];
    private readonly List<Channel<bool>> _waiting = [];
    private long _version = 100;
    private long _forgotten = 100;

    /// <summary>The version of the newest change.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>The objects of a kind, as copies.</summary>
    public IReadOnlyList<JsonObject> List(string plural, string? space, string? selector)
    {
        lock (_gate)
        {
            return
            [
                .. _objects.Where(known => known.Key.Plural == plural && (space == null || known.Key.Space == space)
                    && known.Value.Matches(selector))
                    .OrderBy(known => known.Key.Name, StringComparer.Ordinal)
                    .Select(known => known.Value.Content.DeepClone().AsObject())
            ];
        }
    }

    /// <summary>An object, as a copy, or null.</summary>
    public JsonObject? Find(string plural, string space, string name)
    {
        lock (_gate)
        {
            return _objects.GetValueOrDefault((plural, space, name))?.Content.DeepClone().AsObject();
        }
    }

    /// <summary>Server-side apply.</summary>
    /// <exception cref="ApiException">Others manage a part of it, or it is no such object.</exception>
    public (JsonObject Object, bool Created) Apply(ApiKind kind, string space, string name, JsonObject applied, string manager, bool force,
        bool dryRun)
    {
        lock (_gate)
        {
            var known = _objects.GetValueOrDefault((kind.Plural, space, name));
            var fields = FieldPaths.Of(applied);
            var live = known == null ? [] : FieldPaths.Of(known.Content);
            var conflicts = fields
                .SelectMany(field => (known?.Owners ?? []).Where(other => other.Key != manager && other.Value.Contains(field.Key)
                    && live.GetValueOrDefault(field.Key) != field.Value).Select(other => (other.Key, Path: field.Key)))
                .ToList();
            if (conflicts.Count > 0 && !force)
            {
                throw new ApiException(
                    409, "Conflict", $"Apply failed with {conflicts.Count} conflict{(conflicts.Count == 1 ? "" : "s")}: {string.Join(", ", conflicts.Select(conflict => $"conflict with \"{conflict.Key}\": {FieldPaths.Shown(conflict.Path)}"))}",
                    [.. conflicts.Select(conflict =>
                        (FieldPaths.Shown(conflict.Path), $"conflict with \"{conflict.Key}\" using {kind.ApiVersion}"))]);
            }

            var next = (known?.Content.DeepClone() ?? new JsonObject()).AsObject();
            var mine = known?.Owners.GetValueOrDefault(manager) ?? [];
            foreach (var dropped in mine.Where(path => !fields.ContainsKey(path)
                && !known!.Owners.Any(other => other.Key != manager && other.Value.Contains(path))))
            {
                FieldPaths.Remove(next, dropped);
            }

            next = FieldPaths.Merge(next, applied, "")!.AsObject();
            var entry = Keep(kind, space, name, known, next, dryRun);
            if (!dryRun)
            {
                conflicts.ForEach(conflict => entry.Owners[conflict.Key].Remove(conflict.Path));
                entry.Owners[manager] = [.. fields.Keys];
            }

            return (entry.Content.DeepClone().AsObject(), known == null);
        }
    }

    /// <summary>Changes an object otherwise: what changes is this manager's from then on.</summary>
    /// <exception cref="ApiException">Somebody else changed it first, or it is no such object.</exception>
    public JsonObject Update(ApiKind kind, string space, string name, string manager, Func<JsonObject, JsonObject> change)
    {
        lock (_gate)
        {
            var known = _objects.GetValueOrDefault((kind.Plural, space, name)) ?? throw Absent(kind, name);
            var next = change(known.Content.DeepClone().AsObject());
            if ((string?)next["metadata"]?["resourceVersion"] is { } expected && expected != (string?)known.Metadata["resourceVersion"])
            {
                throw new ApiException(
                    409, "Conflict",
                    $"Operation cannot be fulfilled on {kind.Plural} \"{name}\": the object has been modified; please apply your changes to the latest version and try again");
            }

            var (before, after) = (FieldPaths.Of(known.Content), FieldPaths.Of(next));
            var entry = Keep(kind, space, name, known, next, false);
            var changed = after.Where(field => before.GetValueOrDefault(field.Key) != field.Value).Select(field => field.Key).ToList();
            foreach (var owned in entry.Owners.Values)
            {
                owned.ExceptWith(changed);
            }

            if (changed.Count > 0)
            {
                (entry.Owners.TryGetValue(manager, out var mine) ? mine : entry.Owners[manager] = []).UnionWith(changed);
            }

            return entry.Content.DeepClone().AsObject();
        }
    }

    /// <summary>Makes an object.</summary>
    /// <exception cref="ApiException">There is one.</exception>
    public JsonObject Create(ApiKind kind, string space, JsonObject content, string manager)
    {
        lock (_gate)
        {
            var name = (string?)content["metadata"]?["name"] ?? "";
            if (_objects.ContainsKey((kind.Plural, space, name)))
            {
                throw new ApiException(409, "AlreadyExists", $"{kind.Plural} \"{name}\" already exists");
            }

            var entry = Keep(kind, space, name, null, content, false);
            entry.Owners[manager] = [.. FieldPaths.Of(content).Keys];
            return entry.Content.DeepClone().AsObject();
        }
    }

    /// <summary>Says how an object is; nobody else knows.</summary>
    public void SetStatus(string plural, string space, string name, JsonObject status)
    {
        lock (_gate)
        {
            if (_objects.GetValueOrDefault((plural, space, name)) is { } known
                && known.Content["status"]?.ToJsonString() != status.ToJsonString())
            {
                known.Content["status"] = status.DeepClone();
                Tell("MODIFIED", plural, space, known);
            }
        }
    }

    /// <summary>Takes an object away; as it was.</summary>
    /// <exception cref="ApiException">There is none.</exception>
    public JsonObject Delete(ApiKind kind, string space, string name)
    {
        lock (_gate)
        {
            var known = _objects.GetValueOrDefault((kind.Plural, space, name)) ?? throw Absent(kind, name);
            _objects.Remove((kind.Plural, space, name));
            Tell("DELETED", kind.Plural, space, known);
            return known.Content.DeepClone().AsObject();
        }
    }

    /// <summary>Changes after a version, and where the next ones begin.</summary>
    /// <exception cref="ApiException">They are forgotten.</exception>
    public (IReadOnlyList<JsonObject> Events, long Next) After(long version, string plural, string? space)
    {
        lock (_gate)
        {
            return version < _forgotten
                ? throw new ApiException(410, "Expired", $"too old resource version: {version} ({_forgotten})")
                : ([.. _events.Where(change => change.Version > version && change.Plural == plural
                    && (space == null || change.Space == space)).Select(change => change.Event)], _version);
        }
    }

    /// <summary>Forgets changes, as a server does that has many.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _events.Clear();
            _forgotten = _version + 1;
        }
    }

    /// <summary>Returns at the next change.</summary>
    public async Task ChangedAsync(CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<bool>(1);
        lock (_gate)
        {
            _waiting.Add(channel);
        }

        await channel.Reader.ReadAsync(cancellationToken);
    }

    /// <summary>That there is no such object.</summary>
    public static ApiException Absent(ApiKind kind, string name) => new(404, "NotFound", $"{kind.Plural}{(kind.Group.Length == 0 ? "" : "." + kind.Group)} \"{name}\" not found");

    private ApiObject Keep(ApiKind kind, string space, string name, ApiObject? known, JsonObject next, bool dryRun)
    {
        ObjectRules.Require(kind, next);
        if (kind.Kind == "Deployment" && known != null
            && known.Content["spec"]!["selector"]!.ToJsonString() != next["spec"]!["selector"]!.ToJsonString())
        {
            throw new ApiException(422, "Invalid", $"Deployment \"{name}\" is invalid", ("spec.selector", "field is immutable"));
        }

        if (kind.Kind == "Job" && known != null
            && known.Content["spec"]!["template"]!.ToJsonString() != next["spec"]!["template"]!.ToJsonString())
        {
            throw new ApiException(422, "Invalid", $"Job \"{name}\" is invalid", ("spec.template", "field is immutable"));
        }

        var changed = known == null || known.Content["spec"]?.ToJsonString() != next["spec"]?.ToJsonString();
        var metadata = next["metadata"]!.AsObject();
        metadata["namespace"] = space;
        metadata["uid"] = (string?)known?.Metadata["uid"] ?? Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = (string?)known?.Metadata["creationTimestamp"]
            ?? time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        metadata["generation"] = ((long?)known?.Metadata["generation"] ?? 0) + (changed ? 1 : 0);
        var entry = dryRun ? new(next) : known ?? new(next);
        entry.Content = next;
        if (!dryRun)
        {
            _objects[(kind.Plural, space, name)] = entry;
            Tell(known == null ? "ADDED" : "MODIFIED", kind.Plural, space, entry);
        }

        return entry;
    }

    private void Tell(string what, string plural, string space, ApiObject known)
    {
        known.Metadata["resourceVersion"] = (++_version).ToString(CultureInfo.InvariantCulture);
        _events.Add((_version, plural, space, new() { ["type"] = what, ["object"] = known.Content.DeepClone() }));
        if (_events.Count > Remembered)
        {
            _forgotten = _events[0].Version;
            _events.RemoveAt(0);
        }

        _waiting.ForEach(channel => channel.Writer.TryWrite(true));
        _waiting.Clear();
    }
}
