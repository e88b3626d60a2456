using HandlebarsDotNet;

namespace MlOpsBuild.Reporting.Rendering;

/// <summary>Handlebars templates with the escaping of the target format.</summary>
internal sealed class HandlebarsRenderer(ITextEncoder encoder) : ITemplateRenderer
{
    public string Render(string template, object model) =>
        Handlebars.Create(new HandlebarsConfiguration { TextEncoder = encoder, ThrowOnUnresolvedBindingExpression = true }).Compile(template)(model);
}
