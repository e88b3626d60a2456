using System.Text;
using System.Text.Json;
using MlOpsBuild.Engine.Execution;
using MlOpsBuild.Engine.IO;
using MlOpsBuild.Engine.Parameters;

namespace MlOpsBuild.Engine.Output;

/// <summary>Writes <c>.mlops/last-run.json</c>: targets, outcomes, durations, parameters and their sources.</summary>
internal static class LastRunFile
{
    // Word by word: to have each type looked at would take longer than all else that a short command does.
    private static readonly JsonWriterOptions Form = new() { Indented = true, NewLine = "\n" };

    public static string PathIn(string root) => Path.Combine(root, ".mlops", "last-run.json");

    /// <summary>What writes it takes some milliseconds to load, which another core can do while targets run.</summary>
    public static void Load()
    {
        using var json = new Utf8JsonWriter(Stream.Null, Form);
        json.WriteStartObject();
        json.WriteNumber("seconds", 0.5);
        json.WriteStartArray("targets");
        json.WriteStartObject();
        Write(json, "a name that is long enough to be looked at by vectors", ["value"]);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Write(BuildContext context, NukeBuild build, BuildInputs inputs, DateTimeOffset started, int exitCode)
    {
        try
        {
            AbsolutePath.Create(PathIn(context.Root)).WriteAllText(Text(context, build, inputs, started, exitCode));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            context.Console.Line($"Warning: .mlops/last-run.json was not written: {problem.Message}", ConsoleTone.Warning);
        }
    }

    private static string Text(BuildContext context, NukeBuild build, BuildInputs inputs, DateTimeOffset started, int exitCode)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Form))
        {
            json.WriteStartObject();
            json.WriteString("started", started);
            json.WriteNumber("seconds", (context.Time.GetUtcNow() - started).TotalSeconds);
            json.WriteNumber("exitCode", exitCode);
            json.WriteString("host", build.State.Host.DisplayName);
            Write(json, "invoked", build.InvokedTargets.Select(target => target.Name));
            json.WriteStartArray("targets");
            foreach (var target in build.ExecutionPlan)
            {
                Write(json, target, context.Console);
            }

            json.WriteEndArray();
            WriteParameters(json, context.Console, build, inputs);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.GetBuffer().AsSpan(0, (int)text.Length));
    }

    private static void Write(Utf8JsonWriter json, ExecutableTarget target, BuildConsole console)
    {
        json.WriteStartObject();
        json.WriteString("name", target.Name);
        json.WriteString("status", target.Status.ToString());
        json.WriteNumber("seconds", target.Duration.TotalSeconds);
        json.WriteString("skipped", target.Skipped == null ? null : console.Masked(target.Skipped));
        json.WriteString("failure", target.Failure);
        json.WriteStartObject("summaryInformation");
        foreach (var (name, value) in target.SummaryInformation)
        {
            json.WriteString(console.Masked(name), console.Masked(value));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Also what nobody gave: a reader should not have to know the defaults of that day.
    private static void WriteParameters(Utf8JsonWriter json, BuildConsole console, NukeBuild build, BuildInputs inputs)
    {
        json.WriteStartArray("parameters");
        foreach (var declaration in inputs.Declarations.OrderBy(declaration => declaration.Name, StringComparer.Ordinal))
        {
            var given = inputs.Values.GetValueOrDefault(declaration.Name);
            var texts = given?.Text ?? ParameterMember.Texts(ParameterMember.Get(build, declaration));
            json.WriteStartObject();
            json.WriteString("name", declaration.Name);
            Write(json, "value", !declaration.IsSecret ? texts.Select(console.Masked) : texts.Count > 0 ? ["***"] : []);
            json.WriteString("source", given?.Source ?? "default");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
