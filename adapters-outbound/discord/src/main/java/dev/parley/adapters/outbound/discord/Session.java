package dev.parley.adapters.outbound.discord;

import net.dv8tion.jda.api.JDA;

/**
 * A bot that is logged in.
 *
 * @param self the id of the bot's account
 * @param name the bot's user name
 * @param application the id of the application that the bot belongs to
 */
record Session(JDA jda, GatewayEvents events, long self, String name, long application) {}
