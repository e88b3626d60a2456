using System.Collections;
using System.Globalization;
using Scriban;
using Scriban.Functions;
using Scriban.Parsing;
using Scriban.Runtime;

namespace MlOpsBuild.Rendering;

/// <summary>
/// Fills Scriban templates. Every value is escaped for the format unless the template says <c>| raw</c>; what a page does not have is an
/// error. A template sees its page and texts, lists and numbers, and neither time nor files nor code.
/// </summary>
/// <param name="format">What the template is written in.</param>
public sealed class ScribanRenderer(TextFormat format)
{
    private const int MostRounds = 1_000_000;

    /// <summary>Fills a template.</summary>
    /// <param name="template">The template.</param>
    /// <param name="model">What it is filled with: public properties by their names.</param>
    /// <exception cref="FormatException">It is no template; all problems at once.</exception>
    /// <exception cref="Scriban.Syntax.ScriptRuntimeException">It asks for what the page does not have.</exception>
    public string Render(string template, object model)
    {
        var parsed = Template.Parse(template);
        if (parsed.HasErrors)
        {
            throw new FormatException(string.Join("; ", parsed.Messages));
        }

        var context = new EscapingContext(format, Functions())
        {
            StrictVariables = true, EnableRelaxedMemberAccess = false, EnableRelaxedTargetAccess = false,
            EnableRelaxedIndexerAccess = false, EnableRelaxedFunctionAccess = false,
            LoopLimit = MostRounds, LimitToString = int.MaxValue, MemberRenamer = member => member.Name,
        };
        context.PushCulture(CultureInfo.InvariantCulture);
        var page = new ScriptObject();
        page.Import(model, renamer: member => member.Name);
        context.PushGlobal(page);
        return parsed.Render(context);
    }

    private static ScriptObject Functions()
    {
        var functions = new ScriptObject
        {
            ["string"] = new StringFunctions(), ["array"] = new ArrayFunctions(), ["math"] = new MathFunctions()
        };
        functions.Import("has", new Func<object?, bool>(Has));
        functions.Import("raw", new Func<object?, RawText>(text => new(Text(text))));
        foreach (var each in TextFormat.All)
        {
            functions.Import(each.Name, new Func<object?, RawText>(text => new(each.Escape(Text(text)))));
        }

        return functions;
    }

    private static string Text(object? value) =>
        value is RawText raw ? raw.Text : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    // Empty is nothing to show.
    private static bool Has(object? value) => value switch
    {
        null or false or "" => false,
        RawText raw => raw.Text.Length > 0,
        string => true,
        IEnumerable list => list.Cast<object?>().Any(),
        _ => true,
    };

    private sealed class EscapingContext(TextFormat format, ScriptObject functions) : TemplateContext(functions)
    {
        public override TemplateContext Write(SourceSpan span, object? textAsObject)
        {
            Write(textAsObject is RawText raw ? raw.Text : format.Escape(ObjectToString(textAsObject) ?? ""));
            return this;
        }
    }
}
